// SPDX-License-Identifier: Apache-2.0
// The grammar of groma. `rules.md` beside this file gives each rule an example.
//
// Keywords are soft: rule `name` lists them. Where a keyword and a name would both do, the keyword
// wins, because its alternative stands first. Labels (`left=`, `items+=`) are what `compiler/parse`
// reads; it never searches children by type.
grammar Groma;

@lexer::members {
  // The brackets that are open: a newline means nothing inside ( and [.
  std::vector<char> open_;
  bool quiet() { return !open_.empty() && open_.back() != '{'; }
  void push(char c) { open_.push_back(c); }
  void pop() { if (!open_.empty()) open_.pop_back(); }
  static bool isWord(size_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
  bool wordFollows() { return isWord(_input->LA(1)); }
  bool isPer() {
    size_t before = _input->LA(-2);
    return (isWord(before) || before == '%') && wordFollows();
  }
}

// Entry points: a splitter cuts files into declarations, and strings into their interpolations.
declaration : root=item EOF ;
interpolation : root=expr EOF ;

// Files and bodies.
file : fileItems+=item? ((NL | COMMA) fileItems+=item?)* EOF ;
body : LBRACE items+=item? ((NL | COMMA) items+=item?)* RBRACE ;

item
  : importing=importItem
  | variable=variableItem
  | alias=aliasItem
  | function=functionItem
  | goals=goalsItem
  | requirement=requireItem
  | preference=preferItem
  | given=givenItem
  | expectation=expectItem
  | decl=declaredItem
  | fieldDecl=fieldDeclItem
  | field=fieldItem
  | tag=tagItem
  ;

importItem   : IMPORT plan=PLAN file_=STRING | IMPORT file_=STRING | IMPORT plan=PLAN module=path | IMPORT module=path ;
variableItem : word=(PARAM | LET) name_=name (COLON type_=type)? (ASSIGN value_=value)? ;
aliasItem    : TYPE name_=name ASSIGN type_=type ;
functionItem : FN name_=name LPAREN (formals+=formal (COMMA formals+=formal)* COMMA?)? RPAREN
               (ARROW result=type)? (ASSIGN NL* result_=expr)? ;
formal       : name_=name COLON type_=type (ASSIGN value_=value)? ;
goalsItem    : goals+=goal (THEN NL* goals+=goal)* ;
goal         : word=(MINIMIZE | MAXIMIZE) value_=expr ;
requireItem  : REQUIRE value_=expr because_=because? ;
preferItem   : PREFER value_=expr WEIGHT weight=NUMBER because_=because? ;
givenItem    : GIVEN path_=path op=(ASSIGN | PLUS_ASSIGN | MINUS_ASSIGN | STAR_ASSIGN) value_=value ;
expectItem   : EXPECT value_=expr (AT at=quantity)? because_=because? ;
because      : BECAUSE (text=STRING | path_=path) ;

declaredItem  : word=name (first=path second=path? (COLON base=path)? title=STRING? | title=STRING)
                body_=body ;
fieldDeclItem : name_=name COLON type_=type bounds+=bound* (ASSIGN default_=value)? attributes=body? ;
bound         : op=(IN | LE | GE | LT | GT) value_=expr ;
fieldItem     : (path_=path | atom=(DATE | MONTH | QUARTER | CIDR | STRING | TRUE | FALSE | NONE)
                | amount=quantity) op=(ASSIGN | PLUS_ASSIGN | MINUS_ASSIGN | STAR_ASSIGN | LE | GE | LT | GT)
                value_=value ;
tagItem       : name_=name body_=body? ;

// Types.
type         : (path_=path (LBRACKET arguments+=typeArgument (COMMA arguments+=typeArgument)* COMMA? RBRACKET)?
               | LBRACKET element=type RBRACKET) optional_=QUESTION? ;
typeArgument : type_=type | unit_=unit ;

// Values. PER is read as a division only to say that a division needs spaces.
value  : choose_=choose | expr_=expr ;
choose : CHOOSE (from=FROM domain=expr | domain=expr (STEP step=expr)?) (EACH period=name rising=RISING?)? ;

expr
  : left=expr op=DOT member=name
  | left=expr op=LPAREN (arguments+=argument (COMMA arguments+=argument)* COMMA?)? RPAREN
  | left=expr op=LBRACKET right=expr RBRACKET
  | left=expr record=body
  | op=MINUS right=expr
  | left=expr op=(STAR | SLASH | PER) NL* right=expr
  | left=expr op=(PLUS | MINUS) NL* right=expr
  | left=expr op=RANGE NL* right=expr
  | left=expr op=(EQ | NE | LT | LE | GT | GE | IN | IS) NL* right=expr
  | op=NOT right=expr
  | left=expr op=AND NL* right=expr
  | left=expr op=OR NL* right=expr
  | left=expr op=WHERE NL* right=expr
  | op=(ALL | ANY) variable=name IN left=expr COLON NL* right=expr
  | op=IF condition=expr THEN NL* left=expr ELSE NL* right=expr
  | op=LBRACKET (right=expr generator=comprehension | elements+=expr (COMMA elements+=expr)* COMMA?)? RBRACKET
  | op=LPAREN right=expr RPAREN
  | record=body
  | amount=quantity
  | atom=(DATE | MONTH | QUARTER | CIDR | STRING | TRUE | FALSE | NONE)
  | word=name
  ;
argument      : (label=name ASSIGN)? value_=expr generator=comprehension? ;
comprehension : FOR variable=name IN list=expr (IF condition=expr)? ;

quantity : number=NUMBER unit_=unit? ;
unit     : (PERCENT | IDENT) (PER name)* ;
path     : names+=name (DOT names+=name)* ;

// A keyword is a name wherever a name may stand, except as a unit. The literals are not names.
name
  : IDENT | IMPORT | PLAN | PARAM | LET | TYPE | FN | MINIMIZE | MAXIMIZE | THEN | REQUIRE | PREFER | WEIGHT
  | BECAUSE | GIVEN | EXPECT | AT | CHOOSE | FROM | STEP | EACH | RISING | AND | OR | NOT | IN | IS
  | WHERE | ALL | ANY | IF | ELSE | FOR
  ;

IMPORT : 'import' ; PLAN : 'plan' ; PARAM : 'param' ; LET : 'let' ; TYPE : 'type' ; FN : 'fn' ;
MINIMIZE : 'minimize' ; MAXIMIZE : 'maximize' ; THEN : 'then' ; REQUIRE : 'require' ;
PREFER : 'prefer' ; WEIGHT : 'weight' ; BECAUSE : 'because' ; GIVEN : 'given' ; EXPECT : 'expect' ;
AT : 'at' ; CHOOSE : 'choose' ; FROM : 'from' ; STEP : 'step' ; EACH : 'each' ; RISING : 'rising' ;
AND : 'and' ; OR : 'or' ; NOT : 'not' ; IN : 'in' ; IS : 'is' ; WHERE : 'where' ; ALL : 'all' ;
ANY : 'any' ; IF : 'if' ; ELSE : 'else' ; FOR : 'for' ;
TRUE : 'true' ; FALSE : 'false' ; NONE : 'none' ;

LBRACE : '{' {push('{');} ; RBRACE : '}' {pop();} ;
LPAREN : '(' {push('(');} ; RPAREN : ')' {pop();} ;
LBRACKET : '[' {push('[');} ; RBRACKET : ']' {pop();} ;
COMMA : ',' ; COLON : ':' ; QUESTION : '?' ; ARROW : '->' ; RANGE : '..' ; DOT : '.' ; PERCENT : '%' ;
ASSIGN : '=' ; PLUS_ASSIGN : '+=' ; MINUS_ASSIGN : '-=' ; STAR_ASSIGN : '*=' ;
EQ : '==' ; NE : '!=' ; LE : '<=' ; GE : '>=' ; LT : '<' ; GT : '>' ;
PLUS : '+' ; MINUS : '-' ; STAR : '*' ;
PER : '/' {isPer()}? ;
SLASH : '/' ;

DATE    : YEAR '-' D D '-' D D {!wordFollows()}? ;
MONTH   : YEAR '-' D D {!wordFollows()}? ;
QUARTER : YEAR '-Q' [1-4] {!wordFollows()}? ;
CIDR    : OCTET '.' OCTET '.' OCTET '.' OCTET ('/' D D?)? ;
NUMBER  : D+ ('_' D+)* ('.' D+)? ([kMGT] {!wordFollows()}?)? ;
STRING  : '"' (~["\\\r\n$] | '$' {_input->LA(1) != '{'}? | '\\' ~[\r\n] | INTERPOLATION)* '"' ;
IDENT   : [A-Za-z_] [A-Za-z0-9_]* ;

fragment INTERPOLATION : '${' (~[{}"\r\n] | STRING | BRACES)* '}' ;
fragment BRACES : '{' (~[{}"\r\n] | STRING | BRACES)* '}' ;
fragment D : [0-9] ;
fragment YEAR : D D D D ;
fragment OCTET : D | D D | D D D ;

COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
NL      : '\r'? '\n' {if (quiet()) skip();} ;
WS      : [ \t]+ -> skip ;
